"""What happens when a file was uploaded? It becomes a picture, or is refused."""

from chalicelib.core.events.file_notices import FileNotices
from chalicelib.pictures.service import processing

uploads = FileNotices("process_pictures", processing.process)
