"""gouji (勾稽): read departmental final-account reports, and see whether they add up."""

from gouji.analysis import analyse, analyse_text
from gouji.components import load
from gouji.errors import AnnotationError, ArtefactError, GoujiError, ReaderError, ResourceError
from gouji.model.document import Cell, Document, Section, Table
from gouji.model.facts import Cause, Fact, Mention
from gouji.model.outcomes import Alignment, Analysis, CheckOutcome, LedgerRow
from gouji.settings import Settings
from gouji.text.figures import Figure, find_figures

__all__ = [
    "Alignment",
    "Analysis",
    "AnnotationError",
    "ArtefactError",
    "Cause",
    "Cell",
    "CheckOutcome",
    "Document",
    "Fact",
    "Figure",
    "GoujiError",
    "LedgerRow",
    "Mention",
    "ReaderError",
    "ResourceError",
    "Section",
    "Settings",
    "Table",
    "analyse",
    "analyse_text",
    "find_figures",
    "load",
]

__version__ = "0.1.0"
