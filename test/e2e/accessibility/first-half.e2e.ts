import { SCENES } from '#test/screenshots/scenes.ts'
import { passScenes } from './scenes-pass.ts'

// In two files, so that two can be looked at at a time.
passScenes(SCENES.filter((_, index) => index % 2 === 0))
