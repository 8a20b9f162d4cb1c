"""Pages of a news site, made by hand: an article of some paragraphs, whole."""

from __future__ import annotations

PARAGRAPHS = (
    "The harbour office in Calder Bay counted 214 ships in March, eleven more than in the same month a year ago, "
    "and said on Monday that the north quay would reopen before the summer.",
    "Café owners along the quay said they had lost a third of their trade since the crane fell in November, “a winter "
    "without windows”, as one of them put it.",
    "The repairs cost €4.2 million, of which the region pays half; the rest comes out of the harbour’s own reserves, "
    "which the council had set aside after the flood of 2011.",
)


def article_page(
    title: str = "Ships return to Calder Bay", *, charset: str = "utf-8", inside: str = "", head: str = ""
) -> bytes:
    """An article's page; `inside` goes before its paragraphs, `head` into its head."""
    paragraphs = "\n".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    page = f"""<!doctype html>
<html lang="en"><head><title>{title}</title>{head}</head>
<body><nav><a href="/">Home</a></nav><main><article><h1>{title}</h1>
{inside}{paragraphs}
</article></main></body></html>"""
    return page.encode(charset)
