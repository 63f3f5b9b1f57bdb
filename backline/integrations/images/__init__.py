"""Pictures: covers and portraits that people upload, and the ones we draw for those who have none."""

from backline.integrations.images.drawn import STYLES, cover
from backline.integrations.images.portraits import portrait
from backline.integrations.images.uploads import SIZES, SQUARE, WIDE, Crop, Refused, Shape, check_cover

__all__ = [
    "SIZES",
    "SQUARE",
    "STYLES",
    "WIDE",
    "Crop",
    "Refused",
    "Shape",
    "check_cover",
    "cover",
    "portrait",
]
