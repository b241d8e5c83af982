import { PDFArray, type PDFContext, PDFDict, type PDFObject } from 'pdf-lib';
import { entry, itemsOf, nameOf, resolve } from './source.ts';

/** Tells whether an optional-content group or membership dictionary is switched off. */
export type Hidden = (property: PDFObject | undefined) => boolean;

/**
 * Reads the default configuration (PDF 32000-1, 8.11.4.3) and gives the test for layers (8.11.2). A group's own view state comes before the configuration, as
 * readers have it. Where a reader would still decide otherwise, the comparison of pictures tells, and the page becomes a picture.
 */
export function hiddenLayers(context: PDFContext): Hidden {
  const root = resolve(context, context.trailerInfo.Root);
  const config = entry(context, entry(context, root, 'OCProperties'), 'D');
  const base = nameOf(entry(context, config, 'BaseState')) !== 'OFF';
  const on = new Set(itemsOf(context, entry(context, config, 'ON')));
  const off = new Set(itemsOf(context, entry(context, config, 'OFF')));

  const groupOn = (group: PDFDict): boolean => {
    const view = entry(context, entry(context, entry(context, group, 'Usage'), 'View'), 'ViewState');
    if (view) return nameOf(view) !== 'OFF';
    if (off.has(group)) return false;
    return on.has(group) || base;
  };

  const expression = (value: PDFObject | undefined, depth: number): boolean => {
    if (value instanceof PDFDict) return groupOn(value);
    if (!(value instanceof PDFArray) || depth > 32) return true;
    const [operator, ...operands] = itemsOf(context, value);
    const results = operands.map((operand) => expression(operand, depth + 1));
    if (nameOf(operator) === 'Not') return !(results[0] ?? true);
    return nameOf(operator) === 'Or' ? results.some(Boolean) : results.every(Boolean);
  };

  const visible = (property: PDFDict): boolean => {
    if (nameOf(entry(context, property, 'Type')) !== 'OCMD') return groupOn(property);
    const formula = entry(context, property, 'VE');
    if (formula) return expression(formula, 0);
    const member = entry(context, property, 'OCGs');
    const groups = (member instanceof PDFDict ? [member] : itemsOf(context, member)).filter(
      (group) => group instanceof PDFDict,
    );
    if (groups.length === 0) return true;
    const states = groups.map(groupOn);
    switch (nameOf(entry(context, property, 'P'))) {
      case 'AllOn':
        return states.every(Boolean);
      case 'AnyOff':
        return states.some((state) => !state);
      case 'AllOff':
        return states.every((state) => !state);
      default:
        return states.some(Boolean);
    }
  };

  return (property) => {
    const found = resolve(context, property);
    return found instanceof PDFDict && !visible(found);
  };
}
