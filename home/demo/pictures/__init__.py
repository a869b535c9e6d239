"""Pictures of cut paper, drawn when the demo site is loaded: original, and the same in every run."""

from home.demo.pictures.scenes import draw

__all__ = ["draw"]
