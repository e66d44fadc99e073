/** Folders whose files hold events; those of Insights and of summaries hold other records. */
export function isEventFolder(folder: string): boolean {
  return folder === 'CloudTrail' || folder === 'CloudTrail-NetworkActivity';
}
