import { placeInCode, type RunWarning } from "@mozdef/alert-engine";

/** What failed, and where in the code of the alert. */
export const problemView = (error: RunWarning): { code: string; message: string; place?: string } => {
  const place = placeInCode(error);
  return { code: error.code, message: error.message, ...(place !== null && { place }) };
};
