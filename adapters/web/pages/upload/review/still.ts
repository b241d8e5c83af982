import type { ReviewFinding } from '../../../../../bot/pages/pages.ts';
import { isCovered } from './boxes.ts';

/** The ids of a finding and of those on other frames of its series that stand in the same place: writing that a machine put on every frame. Of a page that is no frame, its own alone. */
export function standingStill(
  finding: ReviewFinding,
  findings: readonly ReviewFinding[],
  seriesOf: (page: number) => number | undefined,
): string[] {
  const series = seriesOf(finding.page);
  const [box] = finding.boxes;
  if (series === undefined || !box) return [finding.id];
  return findings.flatMap((other) => {
    if (other.id === finding.id) return [other.id];
    const [its] = other.boxes;
    const stands = its && seriesOf(other.page) === series && isCovered(its, box) && isCovered(box, its);
    return stands ? [other.id] : [];
  });
}
