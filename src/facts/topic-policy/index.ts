export { administeringTopic, publishing, subscribing, topicReach, type TopicUse } from './reach.js';
