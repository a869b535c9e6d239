"""The demo site: invented studies, invented people and pictures drawn by the code itself."""
