/** The dialogs, loaded together when the first one is opened. */
export { AccountDialog } from './account/account-dialog';
export { AlertEditor } from './alerts/alert-editor';
export { ChannelEditor } from './alerts/channel-editor';
export { DigestEditor } from './digests/digest-editor';
export { EmbedDialog } from './mood/embed-dialog';
export { AddSource } from './sources/add-source';
export { EditSource } from './sources/edit-source';
export { ImportOpml } from './sources/import-opml';
export { ManageSources } from './sources/manage-sources-dialog';
export { RemoveSource } from './sources/remove-source';
export { TopicEditor } from './topics/topic-editor';
export { HelpDialog } from './help/help-dialog';
