import { isMap, visit, YAMLMap, YAMLSeq, type Document } from 'yaml';

/** `[a, b]` without blanks inside, `{ a: b }` with them: the library has one setting for both. */
export function padBracesOnly(document: Document): void {
  visit(document, {
    Collection: (_, node) => {
      const [prototype, flowCollectionPadding] = isMap(node) ? [YAMLMap.prototype, ' '] : [YAMLSeq.prototype, ''];
      node.toString = (context, ...rest) =>
        context === undefined
          ? prototype.toString.call(node)
          : prototype.toString.call(node, { ...context, flowCollectionPadding }, ...rest);
    },
  });
}
