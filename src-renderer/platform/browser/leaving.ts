let leaving = false

window.addEventListener('pagehide', () => {
  leaving = true
})
window.addEventListener('pageshow', () => {
  leaving = false
})

/** Whether the page is being left: what is sent now must outlive it. */
export function isLeaving(): boolean {
  return leaving
}
