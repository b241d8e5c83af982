/** Words for things that have a name: what stands under such a head is no person. */
const THINGS =
  /(?:drug|medication|medicine|product|brand|test|analyte|gene|variant|device|study|trial|procedure|diagnosis|file|field|variable|column|sheet|item|category|competition|flag|point|store|project|group|event|class|method|function|unit|parameter|table|style|tag|team|task|program|server|domain|host|folder|image|model|type|property|attribute|form|section|template|font|colou?r|species|plant|food|song|track|book|game|course)s?[ _-]names?|nom (?:de l.examen|(?:du|de) (?:m[ée]dicament|produit|fichier|test|g[èe]ne|champ|groupe|registre))|nombre del? (?:medicamento|producto|archivo|gen|campo|grupo|registro)|nome del (?:farmaco|prodotto|file|test|gene|campo|gruppo|registro)/i;

/** Whether a label is that of a thing's name ('Drug name', 'Nom du fichier'), and of no person's. */
export const namesThing = (label: string): boolean => THINGS.test(label);
