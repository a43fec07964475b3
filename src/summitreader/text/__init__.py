"""What a source is: `Source`, its spans, blocks, passages and words. Knows nothing of files, comparing or screens."""

from summitreader.text.source import TOLD, Block, BlockKind, Locator, Passage, Source
from summitreader.text.span import Span

__all__ = ["TOLD", "Block", "BlockKind", "Locator", "Passage", "Source", "Span"]
