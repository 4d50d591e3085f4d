/** The live pages, which are fetched together. */
export { ChannelsPage } from './ChannelsPage';
export { ConnectionsPage } from './ConnectionsPage';
export { HistoryPage } from './HistoryPage';
export { LivePage } from './LivePage';
export { PresencePage } from './PresencePage';
export { RefusalsPage } from './RefusalsPage';
