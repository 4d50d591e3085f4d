import { generate } from 'lean-qr';

/** Modules of white around the code, as scanners need them (ISO/IEC 18004). */
const margin = 4;

/** A text as a QR code, dark on light in each theme. */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const code = generate(text);
  const dark = [];
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) {
        dark.push(`M${x} ${y}h1v1h-1z`);
      }
    }
  }
  const size = code.size + 2 * margin;
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`${-margin} ${-margin} ${size} ${size}`} shapeRendering="crispEdges">
      <rect x={-margin} y={-margin} width={size} height={size} fill="#ffffff" />
      <path d={dark.join('')} fill="#000000" />
    </svg>
  );
}
