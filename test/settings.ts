import type { Settings } from '../bot/context.ts';

/** The settings of a bot under test. */
export const testSettings: Settings = {
  answers: [
    {
      id: 'hello',
      topics: [],
      title: { en: 'Hello' },
      text: { en: 'Dear {{name}}, we look at {{ticket}}. {{me}}' },
    },
    {
      id: 'enrolment',
      topics: ['enrolment'],
      title: { en: 'How to enrol', de: 'Wie man aufnimmt' },
      text: { en: 'In CPMS, below Patients.', de: 'In CPMS, unter Patienten.' },
    },
  ],
  publicUrl: 'https://bot.example',
  organiser: { name: 'CPMS helpdesk', email: 'desk@bot.example' },
  vaultHours: 24,
  uploadMinutes: 30,
  reviewMinutes: 15,
  decisionDays: 14,
  fileBytes: 50_000_000,
  dicomBytes: 100_000_000,
  bundleBytes: 2_000_000_000,
  dicomOptions: [],
  controller: 'Your hospital',
  hosting: 'in a test',
  keptFor: {
    members: { count: 30, unit: 'day' },
    cases: { count: 5, unit: 'year' },
    tickets: { count: 1, unit: 'year' },
    attestations: { count: 10, unit: 'year' },
    files: { count: 24, unit: 'hour' },
  },
};
