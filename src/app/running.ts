/** Something that runs until it is told to stop, and then ends what it has begun. */
export interface Running {
  stop(): Promise<void>
}
