import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/list.css";
import "./styles/list-tools.css";
import "./styles/details.css";
import "./styles/schedules.css";
import "./styles/rules.css";
import "./styles/sections.css";
import "./styles/session.css";
import "./styles/search.css";
import "./styles/table.css";
import "./styles/admin.css";
import "./styles/exceptions.css";

const container = document.getElementById("root");
if (container === null) throw new Error('Cannot start: index.html has no element with the id "root".');

createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
