export type EventScalar = string | number | boolean | null;
