/** The style sheet of the HTML export: the page's colours, and A4 paper. */
export const HTML_STYLE = `
:root{color-scheme:light dark;--bg:light-dark(#fff,#0e151b);--ink:light-dark(#13202a,#e7eef3);--ink2:light-dark(#475866,#a9b8c3);--line:light-dark(#d8e1e8,#2a3742);--strong:light-dark(#768796,#6d7f8e);--sunken:light-dark(#edf2f6,#1b2630);--accent:light-dark(#0a6590,#7fcbee);--accent-soft:light-dark(#e2f1f8,#16303e);--fine:light-dark(#14694a,#76d3a5);--fine-soft:light-dark(#e3f3eb,#14302a);--normal:light-dark(#0a6590,#7fcbee);--normal-soft:light-dark(#e2f1f8,#16303e);--warning:light-dark(#7f5200,#ecbf69);--warning-soft:light-dark(#fbf1dd,#2d2718);--problem:light-dark(#ad241d,#ff9a91);--problem-soft:light-dark(#fbe7e5,#3b1d1d);--unknown:light-dark(#52616d,#a4b2bd);--unknown-soft:light-dark(#edf1f4,#202b34);--l1:light-dark(#0a6590,#7fcbee);--l2:light-dark(#b4540a,#f2a65a);--l3:light-dark(#14694a,#76d3a5);--l4:light-dark(#7a3fa0,#c9a2e8);--l5:light-dark(#a3245c,#f48fb8);--l6:light-dark(#6b6a00,#d3cf5a);--l7:light-dark(#475866,#a9b8c3);--l8:light-dark(#1d4ed8,#9db7ff)}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 -apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
main{max-width:64rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
h1,h2,p,ul,dl,dd,figure{margin:0}
h1{font-size:1.6rem;line-height:1.2;letter-spacing:-.015em}
h2{font-size:1.15rem;line-height:1.3;margin-bottom:.4rem}
.brand{color:var(--accent);font-weight:650}
section{margin-top:1.75rem}
.lead,.facts,.note{color:var(--ink2);font-size:.92rem}
.lead{margin-bottom:.5rem}
.note{margin-top:.75rem}
.facts{display:flex;flex-wrap:wrap;gap:.15rem 1.5rem;margin-top:.5rem}
.facts div{display:flex;gap:.4rem}
.facts dt{font-weight:550}
.verdict{padding:1rem 1.25rem 1.1rem;border:1px solid var(--tone);border-left-width:6px;border-radius:10px;background:var(--soft)}
.verdict h2{font-size:1.35rem}
.verdict p+p,.verdict ul{margin-top:.5rem}
.verdict ul{padding-left:1.2rem;font-size:.95rem}
.fine{--tone:var(--fine);--soft:var(--fine-soft)}.normal{--tone:var(--normal);--soft:var(--normal-soft)}.warning{--tone:var(--warning);--soft:var(--warning-soft)}.problem{--tone:var(--problem);--soft:var(--problem-soft)}.unknown{--tone:var(--unknown);--soft:var(--unknown-soft)}
.mark{color:var(--tone);font-weight:700}
.tone{color:var(--tone);font-weight:550}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
table{width:100%;border-collapse:collapse;font-size:.9rem}
th,td{padding:.4rem .8rem .4rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th{color:var(--ink2);font-size:.82rem;font-weight:550}
td:last-child,th:last-child{padding-right:0}
td{min-width:3.5rem}
td:last-child{min-width:11rem}
td.tone{min-width:8rem}
.number{white-space:nowrap}
@media screen and (max-width:48rem){table{min-width:44rem}}
code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;overflow-wrap:anywhere}
td code{display:block;min-width:9rem}
figure{margin-top:1rem}
figcaption{font-weight:550;font-size:.95rem}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.85rem;color:var(--ink2)}
.legend li{display:flex;align-items:center;gap:.35rem}
.swatch{width:1.1rem;height:3px;background:var(--c)}
.l1{--c:var(--l1)}.l2{--c:var(--l2)}.l3{--c:var(--l3)}.l4{--c:var(--l4)}.l5{--c:var(--l5)}.l6{--c:var(--l6)}.l7{--c:var(--l7)}.l8{--c:var(--l8)}
svg{display:block;max-width:100%;height:auto}
.picture{min-width:38rem}
svg text{fill:var(--ink);font-size:13px}
svg .name{font-weight:600;font-size:14px}
svg .quiet{fill:var(--ink2);font-size:12px}
svg .mono{font-family:ui-monospace,Menlo,Consolas,'Liberation Mono',monospace;font-size:12px}
svg .middle{text-anchor:middle}
svg .end{text-anchor:end}
.grid{stroke:var(--line);fill:none}
.series{stroke:var(--c);stroke-width:1.8;fill:none;stroke-linejoin:round}
.picture rect{fill:var(--bg);stroke:var(--strong);stroke-width:1.2}
.picture rect.device{fill:var(--accent-soft);stroke:var(--accent)}
.picture rect.edge{fill:var(--sunken)}
.picture rect.server{stroke:var(--line)}
.device-link,.server-link,.line{fill:none;stroke:var(--strong);stroke-width:2}
.device-link{stroke:var(--accent)}
.line.open{stroke:var(--fine);stroke-width:2.4}
.line.refused{stroke:var(--problem)}
.line.blocked{stroke:var(--problem);stroke-dasharray:7 6}
.line.untested,.line.measuring{stroke:var(--unknown);stroke-dasharray:1.5 6;stroke-linecap:round}
svg .result{font-weight:550;font-size:12.5px}
svg .result.open{fill:var(--fine)}
svg .result.refused,svg .result.blocked{fill:var(--problem)}
svg .result.untested,svg .result.measuring{fill:var(--unknown)}
circle.open{fill:var(--fine)}
circle.refused,circle.blocked{fill:var(--problem)}
.sign{fill:none;stroke:var(--bg);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
@page{size:A4;margin:14mm 13mm 16mm}
@media print{
:root{color-scheme:light}
body{font-size:10.5pt}
main{max-width:none;padding:0}
section{margin-top:14pt}
h2,figcaption,thead{break-after:avoid}
tr,figure,svg,.verdict{break-inside:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}
.picture{min-width:0}
table{font-size:8.5pt}
th,td{padding:3pt 7pt 3pt 0}
td,td:last-child{min-width:0}
td.tone{min-width:6.2em}
td code{min-width:10.5em}
td{overflow-wrap:anywhere}
.tone,th{overflow-wrap:normal}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
