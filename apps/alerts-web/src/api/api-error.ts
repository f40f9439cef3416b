export { ApiError } from "@mozdef/alert-api/client";
