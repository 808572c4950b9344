import './styles/panel.css';
import { ToolbarElement } from './controls/toolbar.ts';
import { InspectorElement } from './inspector/element.ts';
import { PanelElement } from './panel-element.ts';
import { SentenceElement } from './sentence/element.ts';
import { HeadView } from './views/head/element.ts';
import { LayerView } from './views/layers/element.ts';
import { ModelView } from './views/model/element.ts';
import { MatrixView } from './views/matrix/element.ts';

customElements.define('ta-toolbar', ToolbarElement);
customElements.define('ta-sentence', SentenceElement);
customElements.define('ta-heads', HeadView);
customElements.define('ta-model', ModelView);
customElements.define('ta-layers', LayerView);
customElements.define('ta-matrix', MatrixView);
customElements.define('ta-inspector', InspectorElement);
customElements.define('ta-panel', PanelElement);
document.body.append(document.createElement('ta-panel'));
