export default async function pending(): Promise<{ success: boolean }> {
  return { success: false };
}
