// Starts the page.
import { render } from "preact";
import { App } from "./app";
import { followLinks } from "./route";
import "./styles/fonts.css";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/pieces.css";
import "./styles/views.css";

followLinks();
const place = document.getElementById("page");
if (place) render(<App />, place);
