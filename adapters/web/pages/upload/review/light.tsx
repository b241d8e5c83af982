import { useId } from 'react';
import { wordsIn } from '../../shared/words.ts';

/** How frames are shown: factors of contrast (the window) and of brightness (the level). What is removed does not depend on it. */
export interface Lighting {
  readonly window: number;
  readonly level: number;
}

export const asTheyAre: Lighting = { window: 1, level: 1 };

/** Two sliders by which the frames of a DICOM file are shown brighter or darker, harder or softer: writing may stand in what is nearly black. */
export function Light({
  language,
  lighting,
  change,
}: {
  readonly language: string;
  readonly lighting: Lighting;
  readonly change: (lighting: Lighting) => void;
}) {
  const words = wordsIn(language).upload.view;
  return (
    <div className="light">
      <Range
        label={words.window}
        value={lighting.window}
        most={5}
        change={(window) => change({ ...lighting, window })}
      />
      <Range label={words.level} value={lighting.level} most={8} change={(level) => change({ ...lighting, level })} />
    </div>
  );
}

function Range({
  label,
  value,
  most,
  change,
}: {
  readonly label: string;
  readonly value: number;
  readonly most: number;
  readonly change: (value: number) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0.25}
        max={most}
        step={0.05}
        value={value}
        onChange={({ target }) => change(Number(target.value))}
      />
    </div>
  );
}

/** The style of the pages by which their pictures are shown so. */
export function lit({ window, level }: Lighting): Readonly<Record<string, number>> {
  return { '--window': window, '--level': level };
}
