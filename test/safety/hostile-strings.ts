/** What a page would run if it took text for markup; each calls `pwned()` where it does. */
const VECTORS: readonly string[] = [
  '<script>pwned()</script>',
  '<ScRiPt>pwned()</sCrIpT>',
  '<script src="data:text/javascript,pwned()"></script>',
  '<script type=module>pwned()</script>',
  '<img src=x onerror=pwned()>',
  '<img src=x onerror="pwned()"/>',
  '<img/src/onerror=pwned()>',
  '<img srcset="x" onerror=pwned()>',
  '<image src=x onerror=pwned()>',
  '<svg onload=pwned()>',
  '<svg/onload=pwned()//',
  '<svg><script>pwned()</script></svg>',
  '<svg><animate onbegin=pwned() attributeName=x dur=1s>',
  '<svg><set onbegin=pwned() attributeName=x to=1>',
  '<svg><a xlink:href="javascript:pwned()"><text y=20>a</text></a></svg>',
  '<svg><foreignObject><iframe srcdoc="<script>parent.pwned()</script>"></foreignObject></svg>',
  '<math><mtext><mglyph><style><img src=x onerror=pwned()></style></mglyph></mtext></math>',
  '<iframe src="javascript:parent.pwned()"></iframe>',
  '<iframe srcdoc="<script>parent.pwned()</script>"></iframe>',
  '<object data="javascript:pwned()"></object>',
  '<embed src="javascript:pwned()">',
  '<a href="javascript:pwned()" autofocus onfocus=pwned()>a</a>',
  '<form action="javascript:pwned()"><button autofocus>a</button></form>',
  '<input autofocus onfocus=pwned()>',
  '<select autofocus onfocus=pwned()></select>',
  '<textarea autofocus onfocus=pwned()></textarea>',
  '<details open ontoggle=pwned()>',
  '<video><source onerror=pwned()></video>',
  '<audio src=x onerror=pwned()>',
  '<body onload=pwned()>',
  '<style>@import "data:text/css,*{background:url(javascript:pwned())}";</style>',
  '<link rel=stylesheet href="data:text/css,x" onload=pwned()>',
  '<base href="data:text/html,"><script src="x"></script>',
  '<meta http-equiv=refresh content="0;url=javascript:pwned()">',
  '<template><img src=x onerror=pwned()></template>',
  '<noscript><p title="</noscript><img src=x onerror=pwned()>">',
  '<xmp><img title="</xmp><img src=x onerror=pwned()>"></xmp>',
  '<div style="animation-name:x" onanimationstart=pwned()></div>',
  '<div popover id=p onbeforetoggle=pwned()></div><button popovertarget=p autofocus>',
  '<marquee onstart=pwned()>a</marquee>',
  '<!--><img src=x onerror=pwned()>-->',
  '<![CDATA[<img src=x onerror=pwned()>]]>',
  'javascript:pwned()',
  'java\tscript:pwned()',
  'data:text/html,<script>parent.pwned()</script>',
  '{{constructor.constructor("pwned()")()}}',
  '${pwned()}',
  '#{pwned()}',
  '&lt;img src=x onerror=pwned()&gt;',
  '&#60;img src=x onerror=pwned()&#62;',
  '%3Cimg%20src%3Dx%20onerror%3Dpwned()%3E',
  '\\u003cimg src=x onerror=pwned()\\u003e',
]

/** What would end the place that a string is put into. */
const BREAKOUTS: readonly string[] = ['', '">', "'>", '</title></textarea></style></script>']

/** Text that misleads eyes and terminals rather than running. */
const MISLEADING: readonly string[] = [
  '\u202Egnp.exe\u202C pwned',
  '\u2066<script>\u2069pwned()',
  '\u001b]0;pwned\u0007\u001b[2J\u001b[31mred',
  '\u0000<script>pwned()</script>',
  '\uFEFF<script>pwned()</script>',
  '＜script＞pwned()＜/script＞',
  '__proto__',
  'constructor',
]

/** Over 200 strings, each another one. */
export const HOSTILE_STRINGS: readonly string[] = [
  ...new Set([...VECTORS.flatMap((vector) => BREAKOUTS.map((breakout) => `${breakout}${vector}`)), ...MISLEADING]),
]

/** Those that a header value or another line of Latin-1 text can carry. */
export const HOSTILE_LINES: readonly string[] = HOSTILE_STRINGS.filter((text) => /^[\x20-\x7e]*$/.test(text))
