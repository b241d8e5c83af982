import { Checkbox } from '@fluentui/react-components';
import type { DicomOption } from '../../../../../domain/ports.ts';
import { wordsIn } from '../../shared/words.ts';

/** The choices in the order in which they are asked for; the content of reports is kept and searched anyway. */
const asked = [
  ['clean-descriptors', 'cleanDescriptors'],
  ['retain-modified-dates', 'retainModifiedDates'],
  ['retain-full-dates', 'retainFullDates'],
  ['retain-patient-characteristics', 'retainPatientCharacteristics'],
  ['retain-device-identity', 'retainDeviceIdentity'],
  ['retain-institution-identity', 'retainInstitutionIdentity'],
  ['retain-uids', 'retainUids'],
  ['retain-safe-private', 'retainSafePrivate'],
  ['clean-graphics', 'cleanGraphics'],
] as const;

/** What of DICOM files is kept beyond the basic profile of PS3.15, by the standard's options. */
export function DicomFields({
  language,
  chosen,
  change,
}: {
  readonly language: string;
  readonly chosen: readonly DicomOption[];
  readonly change: (chosen: readonly DicomOption[]) => void;
}) {
  const words = wordsIn(language).upload.dicom;
  return (
    <details className="dicom">
      <summary>{words.title}</summary>
      <p>{words.why}</p>
      {asked.map(([option, label]) => (
        <div key={option}>
          <Checkbox
            label={words[label]}
            checked={chosen.includes(option)}
            onChange={(_, { checked }) => change(toggled(chosen, option, checked === true))}
          />
        </div>
      ))}
    </details>
  );
}

/** Gives the choice with an option in or out: dates are kept as they are or moved, not both. */
export function toggled(chosen: readonly DicomOption[], option: DicomOption, wanted: boolean): readonly DicomOption[] {
  const isDates = option.endsWith('-dates');
  const others = chosen.filter((one) => one !== option && !(wanted && isDates && one.endsWith('-dates')));
  return wanted ? [...others, option] : others;
}
