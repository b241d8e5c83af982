import { embedded, type Row, XML } from './planted.ts';

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const MICROSOFT = 'http://schemas.microsoft.com/office';

export const workbookRelations: readonly Row[] = [
  ['rSlicer', `${MICROSOFT}/2007/relationships/slicerCache`, 'slicerCaches/slicerCache1.xml'],
  ['rTimeline', `${MICROSOFT}/2011/relationships/timelineCache`, 'timelineCaches/timelineCache1.xml'],
  ['rMetadata', 'sheetMetadata', 'metadata.xml'],
  ['rRich', `${MICROSOFT}/2017/06/relationships/rdRichValue`, 'richData/rdrichvalue.xml'],
  ['rModel', `${MICROSOFT}/2011/relationships/powerPivotData`, 'model/item.data'],
  ['rRevisions', 'revisionHeaders', 'revisions/revisionHeaders.xml'],
  ['rUsers', 'usernames', 'revisions/userNames.xml'],
  ['rMaps', 'xmlMaps', 'xmlMaps.xml'],
  ['rVolatile', 'volatileDependencies', 'volatileDependencies.xml'],
];

export const sheetRelations: readonly Row[] = [
  ['rPivotTable', 'pivotTable', '../pivotTables/pivotTable1.xml'],
  ['rQuery', 'queryTable', '../queryTables/queryTable1.xml'],
  ['rSlicers', `${MICROSOFT}/2007/relationships/slicer`, '../slicers/slicer1.xml'],
  ['rProperty', 'customProperty', '../customProperty1.bin'],
  ['rControl', 'ctrlProp', '../ctrlProps/ctrlProp1.xml'],
  ['rCells', 'tableSingleCells', '../tables/tableSingleCells1.xml'],
];

/** Parts that Excel writes beside a workbook's sheets. */
export function furtherInWorkbook(h: (place: string) => string): Record<string, string | Uint8Array> {
  const plain = (place: string) => `<x xmlns="urn:x" name="${h(`${place}Name`)}">${h(place)}</x>`;
  return {
    'xl/pivotTables/pivotTable1.xml': `${XML}<pivotTableDefinition ${NS} name="${h('PivotTable')}" cacheId="1" dataCaption="${h('PivotCaption')}"><location ref="H1:I2" firstHeaderRow="0" firstDataRow="1" firstDataCol="1"/><dataFields count="1"><dataField name="${h('PivotData')}" fld="0"/></dataFields></pivotTableDefinition>`,
    'xl/pivotCache/pivotCacheRecords1.xml': `${XML}<pivotCacheRecords ${NS}><r><s v="${h('PivotRecord')}"/></r></pivotCacheRecords>`,
    'xl/queryTables/queryTable1.xml': `${XML}<queryTable ${NS} name="${h('QueryTable')}" connectionId="1"/>`,
    'xl/slicers/slicer1.xml': plain('Slicer'),
    'xl/slicerCaches/slicerCache1.xml': plain('SlicerCache'),
    'xl/timelineCaches/timelineCache1.xml': plain('TimelineCache'),
    'xl/metadata.xml': plain('SheetMetadata'),
    'xl/richData/rdrichvalue.xml': plain('RichData'),
    'xl/model/item.data': embedded(h('PowerPivot')),
    'xl/revisions/revisionHeaders.xml': plain('RevisionHeader'),
    'xl/revisions/revisionLog1.xml': plain('RevisionLog'),
    'xl/revisions/userNames.xml': plain('RevisionUser'),
    'xl/xmlMaps.xml': plain('XmlMap'),
    'xl/volatileDependencies.xml': plain('Volatile'),
    'xl/customProperty1.bin': embedded(h('CustomProperty')),
    'xl/ctrlProps/ctrlProp1.xml': plain('FormControl'),
    'xl/tables/tableSingleCells1.xml': plain('SingleCell'),
    'xl/externalLinks/_rels/externalLink1.xml.rels': `<x>${h('ExternalPath')}</x>`,
    'xl/webextensions/webextension1.xml': plain('WebExtension'),
    'xl/persons/person2.xml': plain('SecondPerson'),
    'docMetadata/LabelInfo.xml': plain('SensitivityLabel'),
    'xl/activeX/activeX1.bin': embedded(h('ActiveData')),
    'xl/media/unused.emf': embedded(h('Metafile')),
  };
}
