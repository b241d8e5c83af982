/** A theme of Teams as far as cards show it: grounds and text colours of its palette, sizes as in a chat. */
interface Theme {
  readonly ground: string;
  readonly emphasis: string;
  readonly text: string;
  readonly subtle: string;
  readonly good: string;
  readonly attention: string;
  readonly accent: string;
}

const palettes = {
  light: {
    ground: '#FFFFFF',
    emphasis: '#F5F5F5',
    text: '#242424',
    subtle: '#616161',
    good: '#0E700E',
    attention: '#B10E1C',
    accent: '#4F52B2',
  },
  dark: {
    ground: '#292929',
    emphasis: '#1F1F1F',
    text: '#FFFFFF',
    subtle: '#D6D6D6',
    good: '#54B054',
    attention: '#FF7A83',
    accent: '#AAB1FA',
  },
  contrast: {
    ground: '#000000',
    emphasis: '#000000',
    text: '#FFFFFF',
    subtle: '#FFFFFF',
    good: '#3FF23F',
    attention: '#FFFF01',
    accent: '#1AEBFF',
  },
} as const satisfies Readonly<Record<string, Theme>>;

export type ThemeName = keyof typeof palettes;

/** The ground that cards of the theme stand on, and the colour of what stands on it. */
export function groundOf(name: ThemeName): { readonly ground: string; readonly text: string } {
  return palettes[name];
}

/** A host config ('Host config' of Adaptive Cards) in the manner of Teams' theme. */
export function hostConfig(name: ThemeName) {
  const theme = palettes[name];
  const colour = (full: string) => ({ default: full, subtle: theme.subtle });
  const foregroundColors = {
    default: colour(theme.text),
    dark: colour(theme.text),
    light: colour(theme.text),
    accent: colour(theme.accent),
    good: colour(theme.good),
    warning: colour(theme.attention),
    attention: colour(theme.attention),
  };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    supportsInteractivity: true,
    fontFamily: "'Segoe UI', system-ui, sans-serif",
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: theme.subtle },
    containerStyles: { default: style(theme.ground), emphasis: style(theme.emphasis) },
    actions: {
      maxActions: 6,
      actionsOrientation: 'vertical',
      actionAlignment: 'stretch',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 12 },
    },
    inputs: {
      label: {
        inputSpacing: 'small',
        requiredInputs: { color: 'default', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { color: 'default' },
      },
      errorMessage: { color: 'attention' },
    },
    factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 150 }, value: { wrap: true }, spacing: 12 },
  };
}
