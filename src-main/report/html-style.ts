import { type ChartTheme, darkTheme, lightTheme } from '#shared/charts/chart-theme.ts';

type SingleColour = 'ink' | 'muted' | 'grid' | 'axis' | 'surface' | 'accent' | 'accentSoft' | 'flag' | 'band';
const singles: readonly SingleColour[] = [
  'ink',
  'muted',
  'grid',
  'axis',
  'surface',
  'accent',
  'accentSoft',
  'flag',
  'band',
];

function coloursOf(theme: ChartTheme): readonly string[] {
  return [...singles.map((name) => theme[name]), ...theme.series, ...theme.heat, ...theme.heatInk];
}

/**
 * Charts are drawn once, in the light theme; in the dark each of its colours is replaced by the dark theme's. Attribute
 * selectors win over the drawing's own attributes, so no drawing has to be written twice.
 */
export function darkChartRules(): string {
  const dark = coloursOf(darkTheme);
  const replaced = new Map(coloursOf(lightTheme).map((colour, index) => [colour, dark[index] ?? colour]));
  return [...replaced]
    .map(([from, to]) => `figure svg [fill="${from}"]{fill:${to}}figure svg [stroke="${from}"]{stroke:${to}}`)
    .join('\n');
}

const light = `
--page:#ffffff;--ink:#1c2b36;--muted:#54636f;--line:#d5dce1;--faint:#f3f6f8;--accent:#14577d;
--finding:#eef4f8;--limits:#f3f5f7;--warn:#fdf3e7;--warn-ink:#8f4700;--focus:#c2410c;`;

const dark = `
--page:#151d23;--ink:#e6edf2;--muted:#a5b3be;--line:#33414c;--faint:#1c262e;--accent:#7cc0e4;
--finding:#182a36;--limits:#1e2830;--warn:#2e2315;--warn-ink:#f2b56b;--focus:#ff8f4d;`;

const style = `
:root{color-scheme:light dark;${light}}
*{box-sizing:border-box}
html{font:100%/1.55 'IBM Plex Sans','Segoe UI',system-ui,-apple-system,'Helvetica Neue',Arial,sans-serif;color:var(--ink);background:var(--page)}
body{margin:0;overflow-wrap:anywhere}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;background:var(--page);padding:.4rem .8rem;z-index:1}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.marking{margin:0;padding:.5rem;text-align:center;font-size:.8rem;font-weight:600;letter-spacing:.06em;color:var(--muted)}
.wrap{max-width:52rem;margin:0 auto;padding:0 1.5rem 3rem}
h1,h2,h3{line-height:1.2;font-weight:600;text-wrap:balance}
h1{font-size:2.2rem;color:var(--accent);margin:3rem 0 .5rem}
h2{font-size:1.5rem;color:var(--accent);margin:3rem 0 1rem}
h3{font-size:1.15rem;margin:2rem 0 .6rem}
p{margin:0 0 .9rem}
.subtitle{font-size:1.2rem}
.about{max-width:40rem}
.muted,.small{color:var(--muted);font-size:.875rem}
.lead{font-size:1.2rem}
nav{margin:2rem 0;border-top:1px solid var(--line)}
nav h2{font-size:1rem;color:var(--ink);margin:1rem 0 .4rem}
nav ol{list-style:none;margin:0;padding:0}
nav li{padding:.25rem 0}
ul,ol{padding-left:1.3rem}
li{margin:.25rem 0}
li::marker{color:var(--accent)}
code{font-family:inherit;color:var(--accent)}
.callout{border-left:4px solid var(--accent);background:var(--finding);padding:.8rem 1.1rem;margin:1.2rem 0}
.callout p:last-child{margin:0}
.callout .title{font-weight:600;margin:0 0 .25rem;color:var(--accent)}
.limits{border-color:var(--muted);background:var(--limits)}
.limits .title{color:var(--ink)}
.synthetic,.caution{border-color:var(--warn-ink);background:var(--warn)}
.synthetic .title,.caution .title{color:var(--warn-ink)}
.authored{border-left:4px double var(--muted);padding:.1rem 0 .1rem 1.1rem;margin:1.2rem 0}
.authored .by{color:var(--muted);font-size:.8rem;margin:0 0 .3rem}
.authored>:last-child{margin-bottom:0}
mark{background:var(--warn);color:var(--warn-ink);font-weight:600;padding:0 .15em}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1rem;margin:1.2rem 0;padding:1rem 0;border:solid var(--line);border-width:1px 0}
.figures div{margin:0}
.figures dt{order:2}
.figures div{display:flex;flex-direction:column}
.figures .value{order:1;font-size:1.9rem;font-weight:600;line-height:1.15;color:var(--accent)}
.figures .note{order:3;color:var(--muted);font-size:.8rem}
.figures dd{margin:0}
figure{margin:1.8rem 0}
.figure-title{font-weight:600;font-size:1.05rem;line-height:1.3}
.figure-caption{color:var(--muted);font-size:.875rem;margin:.15rem 0 .6rem}
figure svg{display:block;max-width:100%;height:auto}
details{margin:.6rem 0}
summary{cursor:pointer;color:var(--accent);font-size:.875rem}
.scroll{overflow-x:auto;margin:1rem 0 .3rem}
table{border-collapse:collapse;min-width:min(100%,22rem);font-size:.9rem;font-variant-numeric:tabular-nums;overflow-wrap:normal}
caption{text-align:left;font-weight:600;padding:0 0 .4rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .9rem .35rem 0;border-bottom:1px solid var(--line);max-width:22rem;overflow-wrap:anywhere}
td,.end{min-width:3.5rem}
thead th{border-bottom:2px solid var(--muted);vertical-align:bottom}
tbody th{font-weight:400}
.unit{display:block;font-weight:400;color:var(--muted)}
.end{text-align:right}
th:last-child,td:last-child{padding-right:0}
.total th,.total td{font-weight:600}
.quiet{color:var(--muted)}
abbr{text-decoration:none}
.notes{color:var(--muted);font-size:.8rem;margin:0 0 1.4rem}
.notes p{margin:.15rem 0}
.terms div{display:grid;grid-template-columns:minmax(7rem,11rem) 1fr;gap:.2rem 1rem;padding:.35rem 0}
.terms dt{font-weight:600}
.terms dd{margin:0}
.provenance .terms dt{font-weight:400;color:var(--muted)}
.provenance .terms div{border-bottom:1px solid var(--line)}
.provenance .code{font-family:ui-monospace,Consolas,monospace;font-size:.8rem}
footer{border-top:1px solid var(--line);color:var(--muted);font-size:.85rem;padding-top:1rem;margin-top:3rem}
@media (max-width:34rem){.wrap{padding:0 1rem 2rem}h1{font-size:1.7rem}.terms div{grid-template-columns:1fr}}
@media (prefers-color-scheme:dark){
:root{${dark}}
${darkChartRules()}
}
@media print{
:root{color-scheme:light;${light}}
@page{size:A4;margin:20mm 18mm;@bottom-right{content:'Page ' counter(page) ' of ' counter(pages);font-size:8pt}}
html{font-size:9.5pt}
.wrap{max-width:none;padding:0}
.skip,summary{display:none}
details::details-content{content-visibility:visible;block-size:auto}
h2,h3,caption,thead,figcaption,figcaption p{break-after:avoid}
figure svg,.callout,.figures,tr{break-inside:avoid}
.page-break{break-after:page}
thead{display:table-header-group}
.scroll{overflow:visible}
}
`;

/** Any text as a string of CSS: whatever is not a letter, digit or space is written as its code. */
function cssString(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9 ]/gu, (character) => `\\${character.codePointAt(0)?.toString(16) ?? ''} `);
  return `"${safe}"`;
}

/** The report's one style sheet, with its marking at the head of every printed page. */
export function htmlStyle(marking: string): string {
  return `${style}@media print{@page{@top-center{content:${cssString(marking)};font-size:8pt;font-weight:600}}}
`;
}
