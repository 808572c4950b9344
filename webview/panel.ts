import './styles/panel.css';
import { speak, wordsIn } from '../src/core/words/words.ts';
import { FilterMenu } from './controls/filter-menu.ts';
import { MenuElement } from './controls/menu.ts';
import { ToolbarElement } from './controls/toolbar.ts';
import { InspectorElement } from './inspector/element.ts';
import { PanelElement } from './panel-element.ts';
import { SentenceElement } from './sentence/element.ts';
import { viewElements } from './views/shown.ts';

speak(wordsIn(document.documentElement.lang));
customElements.define('ta-menu', MenuElement);
customElements.define('ta-filter', FilterMenu);
customElements.define('ta-toolbar', ToolbarElement);
customElements.define('ta-sentence', SentenceElement);
for (const [name, element] of Object.entries(viewElements)) customElements.define(`ta-${name}`, element);
customElements.define('ta-inspector', InspectorElement);
customElements.define('ta-panel', PanelElement);
document.body.append(document.createElement('ta-panel'));
