// <lawcite-search>: a search box over the lists and statutes of a lawcite server, for any page.
//
//   <script type="module" src="https://law.example/widget/lawcite-search.js"></script>
//   <lawcite-search></lawcite-search>
//
// The element is documented in element.js.

import { LawciteSearch } from './element.js'

if (!customElements.get('lawcite-search')) customElements.define('lawcite-search', LawciteSearch)

export { LawciteSearch }
