export { confirmedFilters } from './confirmed-filters.js';
export { delivered, type Delivered } from './delivered.js';
export { alarmMessage, someMessage, takes, type Message } from './takes.js';
