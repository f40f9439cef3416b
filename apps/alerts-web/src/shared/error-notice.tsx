import { ApiError } from "../api/api-error.ts";

interface ErrorNoticeProps {
  readonly error: Error;
  readonly onRetry?: () => void;
}

/** Says what went wrong and what happens next. Announced by screen readers. */
export const ErrorNotice = ({ error, onRetry }: ErrorNoticeProps) => (
  <div className="notice notice--error" role="alert">
    <p>
      <strong>{error.message}</strong> {hint(error)}
    </p>
    {onRetry !== undefined && (
      <button type="button" onClick={onRetry}>
        Try now
      </button>
    )}
  </div>
);

const hint = (error: Error): string => {
  if (!(error instanceof ApiError)) return "";
  if (error.code === "UNREACHABLE") return "Is it running? This page tries again by itself.";
  return error.status >= 500 ? "This page tries again by itself; the service's log says more." : "";
};
