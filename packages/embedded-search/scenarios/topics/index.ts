import type { Topic } from "../scenario.ts";
import { aggregationEdgesTopic } from "./aggregation-edges.ts";
import { aggregationsTopic } from "./aggregations.ts";
import { aliasFieldsTopic } from "./alias-fields.ts";
import { analysisTopic } from "./analysis.ts";
import { anyShapeTopic } from "./any-shape.ts";
import { bulkTopic } from "./bulk.ts";
import { copiedFieldsTopic } from "./copied-fields.ts";
import { cornerCasesTopic } from "./corner-cases.ts";
import { conditionsTopic } from "./conditions.ts";
import { dateFormatsTopic } from "./date-formats.ts";
import { dateNanosTopic } from "./date-nanos.ts";
import { dateRoundingTopic } from "./date-rounding.ts";
import { documentsTopic } from "./documents.ts";
import { foundTopic } from "./found.ts";
import { histogramsTopic } from "./histograms.ts";
import { numberFormatsTopic } from "./number-formats.ts";
import { percentilesTopic } from "./percentiles.ts";
import { rareTermsTopic } from "./rare-terms.ts";
import { indicesTopic } from "./indices.ts";
import { mappingTopic } from "./mapping.ts";
import { normalizersTopic } from "./normalizers.ts";
import { pagingTopic } from "./paging.ts";
import { metadataFieldsTopic } from "./metadata-fields.ts";
import { severalIndicesTopic } from "./several-indices.ts";
import { simpleQueryStringTopic } from "./simple-query-string.ts";
import { sourceFiltersTopic } from "./source-filters.ts";
import { indexNamesTopic } from "./index-names.ts";
import { jsonNumbersTopic } from "./json-numbers.ts";
import { fieldValuesTopic } from "./field-values.ts";
import { searchErrorsTopic } from "./search-errors.ts";
import { searchOptionsTopic } from "./search-options.ts";
import { queriesTopic } from "./queries.ts";
import { queryStringTopic } from "./query-string.ts";
import { searchTopic } from "./search.ts";

/** All scenarios, in the order of `docs/compatibility.md`. */
export const topics: readonly Topic[] = [
  indicesTopic,
  mappingTopic,
  anyShapeTopic,
  aliasFieldsTopic,
  normalizersTopic,
  copiedFieldsTopic,
  documentsTopic,
  bulkTopic,
  conditionsTopic,
  searchTopic,
  queriesTopic,
  queryStringTopic,
  simpleQueryStringTopic,
  aggregationsTopic,
  aggregationEdgesTopic,
  histogramsTopic,
  percentilesTopic,
  rareTermsTopic,
  numberFormatsTopic,
  dateFormatsTopic,
  dateNanosTopic,
  dateRoundingTopic,
  analysisTopic,
  foundTopic,
  pagingTopic,
  metadataFieldsTopic,
  sourceFiltersTopic,
  indexNamesTopic,
  jsonNumbersTopic,
  fieldValuesTopic,
  searchOptionsTopic,
  cornerCasesTopic,
  severalIndicesTopic,
  searchErrorsTopic,
];
