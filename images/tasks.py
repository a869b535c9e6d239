"""Work on images that no editor and no reader should wait for."""

from __future__ import annotations

import logging

from django_tasks import task

from core.page_cache import content_changed
from images.renditions import IMAGE_ERRORS, make

logger = logging.getLogger(__name__)


@task()
def make_renditions(image_id: int, kinds: list[str]) -> int:
    """Make what is missing of the kinds for the image and return how many were made.

    It can be stopped and run again, by several workers at once: it ends in the same state. A damaged image is
    logged and left.
    """
    from images.models import CustomImage

    image = CustomImage.objects.filter(pk=image_id).first()
    if not image:
        return 0
    made = 0
    try:
        for kind in kinds:
            made += make(image, kind)
    except IMAGE_ERRORS:
        logger.exception("Image %s (%s): no renditions, its file is missing or damaged.", image_id, image.file.name)
    if made:
        # Pages rendered meanwhile show fewer sizes.
        content_changed()
    return made
