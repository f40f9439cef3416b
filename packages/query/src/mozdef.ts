export { mozdef, mozdefMarks, mozdefSchema } from "./fields/mozdef.ts";
