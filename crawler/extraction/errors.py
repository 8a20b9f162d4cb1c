"""What extraction raises."""


class NotAnArticle(Exception):
    """The page is no article; the message is the one-line reason, fit to show to a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
