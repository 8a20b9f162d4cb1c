"""The newsroom: a small news site which changes on command, or step by step by its script."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from stet.newsroom.furniture import Furniture
from stet.newsroom.routes import respond
from stet.newsroom.script import LIGHTHOUSE, SCRIPT, Change
from stet.newsroom.site import ROBOTS, TICK, Posting, Site
from stet.newsroom.stories import load_stories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stet.newsroom.exchange import Response
    from stet.newsroom.script import Step
    from stet.newsroom.stories import Story

BASE = "http://newsroom.example"
OPENED = datetime(2026, 3, 10, 9, tzinfo=UTC)


class Newsroom:
    """A news site that answers by path; other threads may read while it changes.

    The same seed, opening time and changes give the same bytes.
    """

    def __init__(self, seed: int = 1, *, opened: datetime = OPENED, script: Sequence[Step] = SCRIPT) -> None:
        """Open the site at `opened`, in UTC; the stories are dated back from it."""
        self.steps = tuple(script)
        self._taken = 0
        self._lock = threading.RLock()
        stories = load_stories(opened)
        self._site = Site(
            clock=opened,
            furniture=Furniture(seed, turn=0),
            furnished=opened,
            roster=tuple(story for story in stories if story.slug != LIGHTHOUSE),
            postings={
                story.slug: Posting(story, touched=story.modified, listed=story.slug != LIGHTHOUSE) for story in stories
            },
        )

    @property
    def site(self) -> Site:
        """The site at this moment."""
        return self._site

    @property
    def clock(self) -> datetime:
        """What time it is in the newsroom, UTC."""
        return self._site.clock

    @property
    def stories(self) -> tuple[Story, ...]:
        """The stories that the feeds list, newest first."""
        return self._site.stories

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the listed stories, newest first."""
        return tuple(story.path for story in self._site.stories)

    def story(self, slug: str) -> Story:
        """The story of that slug, found under its former slugs too; raises KeyError."""
        return self._site.posting(slug).story

    def page(self, target: str, base: str = BASE) -> Response:
        """The answer to an unconditional GET of a path with or without a query; links start with `base`."""
        return respond(self._site, target, base)

    def advance(self) -> Change | None:
        """Take the next step of the script; None once it is over."""
        with self._lock:
            if self._taken == len(self.steps):
                return None
            step = self.steps[self._taken]
            path = self.story(step.slug).path if step.slug else None
            step.apply(self)
            self._taken += 1
            return Change(self._taken, step.name, path, step.what, step.events, step.actions, self.clock)

    def edit(self, slug: str, *, dated: bool = False, **changes: Any) -> Story:
        """Change fields of a story; `dated` sets its `modified` to the newsroom's clock."""
        with self._lock:
            self._tick()
            if dated:
                changes["modified"] = self.clock
            story = replace(self.story(slug), **changes)
            self._post(slug, story=story)
            return story

    def publish(self, story: Story) -> None:
        """Put a story of your own on the site."""
        with self._lock:
            self._tick()
            self._set(postings={**self._site.postings, story.slug: Posting(story, touched=self.clock)})

    def release(self, slug: str) -> None:
        """List a story that was held back, published at the newsroom's clock."""
        with self._lock:
            self._tick()
            story = replace(self.story(slug), published=self.clock, modified=self.clock)
            self._post(slug, story=story, listed=True)

    def set_status(self, slug: str, status: int) -> None:
        """Answer for a story with 410, 404, 451, 403, 500 …; 200 brings it back."""
        with self._lock:
            self._tick()
            self._post(slug, status=status)

    def redirect(self, slug: str, new_slug: str) -> None:
        """Move a story to another slug; the former one answers 301 from then on."""
        with self._lock:
            self._tick()
            posting = self._site.posting(slug)
            former = posting.story.slug
            moved = replace(posting, story=replace(posting.story, slug=new_slug), touched=self.clock)
            others = {key: other for key, other in self._site.postings.items() if key != former}
            # Whoever moves back to a former slug must not go round in a circle.
            moves = {key: to for key, to in self._site.moves.items() if key != new_slug}
            self._set(postings={**others, new_slug: moved}, moves={**moves, former: new_slug})

    def paywall(self, slug: str, *, on: bool = True) -> None:
        """Leave only the teaser of a story to read, or all of it again."""
        with self._lock:
            self._tick()
            self._post(slug, paywalled=on)

    def furniture(self) -> None:
        """Change the furniture of every page, and no article."""
        with self._lock:
            self._tick()
            turn = self._site.furniture.turn + 1
            self._set(furniture=replace(self._site.furniture, turn=turn), furnished=self.clock)

    def outage(self, *, on: bool) -> None:
        """Answer everything but robots.txt with 503 and Retry-After: 1, or answer again."""
        with self._lock:
            self._tick()
            self._set(out=on)

    def robots(self, text: str) -> None:
        """Serve this robots.txt; `{base}` in it is filled in."""
        with self._lock:
            self._set(robots=text)

    def crawl_delay(self, seconds: float) -> None:
        """Ask robots for this delay, beside the usual rules."""
        self.robots(ROBOTS.replace("Disallow", f"Crawl-delay: {seconds:g}\nDisallow", 1))

    def keep_etag(self, slug: str, *, on: bool = True) -> None:
        """Misbehave: keep giving a story's present ETag and Last-Modified while its body changes."""
        with self._lock:
            posting = self._site.posting(slug)
            touched = max(posting.touched, self._site.furnished)
            held = (replace(posting, held=None, touched=touched), self._site.furniture)
            kept = replace(posting, held=held if on else None)
            self._set(postings={**self._site.postings, posting.story.slug: kept})

    def answer_with(self, path: str, response: Response | None) -> None:
        """Answer for a path, whatever stands there, with a response of your own; None takes it back."""
        with self._lock:
            answers = {key: value for key, value in self._site.answers.items() if key != path}
            self._set(answers=answers if response is None else {**answers, path: response})

    def _tick(self) -> None:
        self._set(clock=self._site.clock + TICK)

    def _post(self, slug: str, **changes: Any) -> None:
        posting = replace(self._site.posting(slug), touched=self.clock, **changes)
        self._set(postings={**self._site.postings, posting.story.slug: posting})

    def _set(self, **changes: Any) -> None:
        self._site = replace(self._site, **changes)
