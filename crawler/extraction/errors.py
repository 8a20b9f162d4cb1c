"""What extraction raises."""

from archive.models import Outcome


class NotAnArticle(Exception):
    """The page is no article; the message is the one-line reason, fit to show to a person."""

    def __init__(self, reason: str, outcome: Outcome = Outcome.NOT_ARTICLE) -> None:
        # Both are arguments, so that it pickles.
        super().__init__(reason, outcome)
        self.reason = reason
        self.outcome = outcome
        """`not_article`, `blocked` by a wall in its place, or the `error` of half a page."""

    def __str__(self) -> str:
        return self.reason
