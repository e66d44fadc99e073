import { arnFields } from './arns.js';
import type { Binary, Call, Has, Index, ListLiteral, Literal, MacroCall, Name, Node, Select, Unary } from './ast.js';
import { checkBinary } from './check-binary.js';
import { checkCall, sizeOfMap } from './check-call.js';
import type { Diagnostics } from './diagnostic.js';
import type { Environment } from './environment.js';
import { FieldsRead } from './fields-read.js';
import { both, either, fact, isAnArn, isNotEmpty, isPresent, noFacts } from './flow.js';
import type { ResolvedCall } from './resolved.js';
import type { Coercion } from './json.js';
import { speaksOf } from './mentions.js';
import { print } from './print.js';
import { suggestion } from './suggest.js';
import { broken, commonType, readAs, typed, type Checking, type Place, type Typed } from './typed.js';
import { arn, bool, describeType, int, isText, json, listOf, string, type Field, type Type } from './types.js';

/** Checks an expression against the types of the View, reporting all that is wrong at once. */
export class Checker implements Checking {
  readonly calls = new Map<Call, ResolvedCall>();
  readonly joined = new Set<Binary>();
  readonly enums = new Map<Literal, readonly string[]>();
  readonly coercions = new Map<Node, Coercion>();
  readonly fieldsRead = new FieldsRead();

  constructor(
    readonly environment: Environment,
    readonly diagnostics: Diagnostics,
  ) {}

  /** Checks a part that must have a value: what came from `.?` is not enough. */
  value(node: Node, place: Place): Typed {
    return this.there(node, this.check(node, place));
  }

  private there(node: Node, it: Typed): Typed {
    if (it.mayBeAbsent === true) {
      this.diagnostics.error(node, 'optional-field', 'this may be absent', 'give a default: add .orValue(…)');
      return broken;
    }
    return it;
  }

  /** Checks a part that must be true or false. */
  condition(node: Node, place: Place): Typed {
    const it = this.value(node, place);
    if (it.type?.kind === 'json') return typed(readAs(this, node, it.type, bool));
    if (it.type !== undefined && it.type.kind !== 'bool') {
      const help = it.type.kind === 'list' ? 'ask size(…) > 0, or exists(x, …)' : undefined;
      this.diagnostics.error(node, 'types', `this must be true or false, but it is ${describeType(it.type)}`, help);
      return broken;
    }
    return it;
  }

  check(node: Node, place: Place): Typed {
    switch (node.kind) {
      case 'literal': {
        return typed(typeof node.value === 'boolean' ? bool : typeof node.value === 'number' ? int : string);
      }
      case 'list': {
        return this.list(node, place);
      }
      case 'name': {
        return this.name(node, place);
      }
      case 'select': {
        return this.select(node, place);
      }
      case 'has': {
        return this.has(node, place);
      }
      case 'index': {
        return this.index(node, place);
      }
      case 'call': {
        return checkCall(this, node, place);
      }
      case 'macro': {
        return this.macro(node, place);
      }
      case 'unary': {
        return this.unary(node, place);
      }
      case 'binary': {
        return checkBinary(this, node, place);
      }
      case 'conditional': {
        const condition = this.condition(node.condition, place);
        const whenTrue = this.value(node.whenTrue, { ...place, facts: both(place.facts, condition.whenTrue) });
        const whenFalse = this.value(node.whenFalse, { ...place, facts: both(place.facts, condition.whenFalse) });
        if (whenTrue.type === undefined || whenFalse.type === undefined) return broken;
        const type = commonType(whenTrue.type, whenFalse.type);
        if (type === undefined) {
          this.diagnostics.error(
            node,
            'types',
            `the branches differ: ${describeType(whenTrue.type)} and ${describeType(whenFalse.type)}`,
            whenTrue.type.kind === 'string' || whenFalse.type.kind === 'string'
              ? 'make both text with string(…)'
              : undefined,
          );
          return broken;
        }
        return {
          type,
          whenTrue: either(both(condition.whenTrue, whenTrue.whenTrue), both(condition.whenFalse, whenFalse.whenTrue)),
          whenFalse: either(
            both(condition.whenTrue, whenTrue.whenFalse),
            both(condition.whenFalse, whenFalse.whenFalse),
          ),
        };
      }
      case 'broken': {
        return broken;
      }
    }
  }

  private list(node: ListLiteral, place: Place): Typed {
    let of: Type | undefined;
    let isBroken = false;
    for (const item of node.items) {
      const { type } = this.value(item, place);
      if (type === undefined) {
        isBroken = true;
      } else if (of === undefined) {
        of = type;
      } else {
        const common = commonType(of, type);
        if (common === undefined) {
          this.diagnostics.error(item, 'types', `a list holds one type: ${describeType(of)} and ${describeType(type)}`);
          isBroken = true;
        } else {
          of = common;
        }
      }
    }
    if (isBroken) return broken;
    return typed({ kind: 'list', of: of ?? string, isNeverEmpty: node.items.length > 0, emptyHolds: false });
  }

  private name(node: Name, place: Place): Typed {
    const type = place.variables.get(node.name) ?? this.environment.names.get(node.name)?.type;
    if (type !== undefined) return this.narrowed(node, type, place);
    const candidates = [...place.variables.keys(), ...this.environment.names.keys()];
    const isFunction = this.environment.functions.some((it) => it.name === node.name);
    this.diagnostics.error(
      node,
      'unknown-name',
      `there is no '${node.name}' here`,
      isFunction
        ? `it is a function: write ${node.name}(…)`
        : (this.environment.elsewhere?.get(node.name) ?? suggestion(node.name, candidates, 'in scope')),
    );
    return broken;
  }

  private select(node: Select, place: Place): Typed {
    const object = this.check(node.object, place);
    if (object.type === undefined) return broken;
    const field = this.field(node, object.type);
    if (field === undefined) return broken;
    const mayBeAbsent = node.isOptional || object.mayBeAbsent === true;
    if (!mayBeAbsent && field.isOptional && !place.facts.known.has(isPresent(node))) {
      this.diagnostics.error(
        node.fieldSpan,
        'optional-field',
        `'${node.field}' may be absent`,
        `guard it: has(…${node.field}) && …, or use .?${node.field}.orValue(…)`,
      );
    }
    if (node.isOptional && !field.isOptional && object.mayBeAbsent !== true) {
      this.diagnostics.error(
        node.fieldSpan,
        'needless-guard',
        `'${node.field}' is always there`,
        `write .${node.field}`,
      );
    }
    return { ...this.narrowed(node, field.type, place), mayBeAbsent };
  }

  private field(node: Select, type: Type): Field | undefined {
    // Whatever is JSON may be absent.
    if (type.kind === 'json') return { type: json, isOptional: true, description: '' };
    if (type.kind !== 'object') {
      const help = insteadOfSize(node, type) ?? insteadOfField(node, type);
      this.diagnostics.error(node.fieldSpan, 'types', `${describeType(type)} has no fields`, help);
      return undefined;
    }
    const fields = type.name === 'Arn' ? arnFields : this.environment.types.object(type.name);
    const field = fields?.get(node.field);
    if (field === undefined) {
      this.diagnostics.error(
        node.fieldSpan,
        'unknown-field',
        `${type.name} has no field '${node.field}'`,
        suggestion(node.field, [...(fields?.keys() ?? [])], type.name === 'params' ? 'declared' : 'it has'),
      );
    } else {
      this.fieldsRead.add(type.name, node.field);
    }
    return field;
  }

  private has(node: Has, place: Place): Typed {
    const { select } = node;
    const object = this.check(select.object, place);
    if (object.type === undefined) return typed(bool);
    const field = this.field(select, object.type);
    if (field === undefined) return typed(bool);
    if (!field.isOptional) {
      this.diagnostics.error(
        select.fieldSpan,
        'needless-guard',
        `'${select.field}' is always there: has() of it says nothing`,
        field.type.kind === 'bool' ? `ask ${select.field} itself` : undefined,
      );
    }
    return { type: bool, whenTrue: fact(isPresent(select)), whenFalse: noFacts };
  }

  private index(node: Index, place: Place): Typed {
    const owner = this.check(node.object, place);
    const isJson = owner.type?.kind === 'json';
    const object = isJson ? owner : this.there(node.object, owner);
    const key = this.value(node.key, place);
    if (object.type === undefined || key.type === undefined) return broken;
    if (object.type.kind !== 'map' && !isJson) {
      const help =
        object.type.kind === 'list'
          ? 'lists have no order to rely on: use exists, all or filter'
          : node.key.kind === 'literal' && /^[A-Za-z_]\w*$/.test(String(node.key.value))
            ? `write ${print(node.object)}.${String(node.key.value)}`
            : undefined;
      this.diagnostics.error(node, 'types', `${describeType(object.type)} cannot be read by key`, help);
      return broken;
    }
    if (!isText(key.type)) {
      this.diagnostics.error(node.key, 'types', `a key is a string, not ${describeType(key.type)}`);
      return broken;
    }
    if (object.type.kind !== 'map') return { ...typed(json), mayBeAbsent: true };
    if (node.object.kind === 'select' && node.key.kind === 'literal') {
      const types = resourceTypes.get(node.object.field);
      if (types !== undefined) this.resourceType(node.key, String(node.key.value), types);
    }
    return typed(object.type.of);
  }

  private resourceType(span: Node, key: string, { of, known }: ResourceTypes): void {
    if (known.includes(key)) return;
    const help = suggestion(key, known, 'for example');
    const isOfOthers = [...resourceTypes.values()].some((it) => it.of !== of && it.known.includes(key));
    const isShaped = /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(key);
    if (isShaped && !isOfOthers && help?.startsWith('did') !== true) return;
    this.diagnostics.warning(span, 'resource-type', `'${key}' is not a known resource type of ${of}`, help);
  }

  private macro(node: MacroCall, place: Place): Typed {
    const given = this.value(node.list, place);
    const list = given.type?.kind === 'json' ? typed(readAs(this, node.list, given.type, listOf(json))) : given;
    if (place.variables.has(node.variable) || this.environment.names.has(node.variable)) {
      this.diagnostics.error(
        node.variableSpan,
        'name-in-use',
        `'${node.variable}' is already a name`,
        'choose another',
      );
      return broken;
    }
    if (list.type !== undefined && list.type.kind !== 'list') {
      this.diagnostics.error(
        node.list,
        'types',
        `${node.macro}() is for the members of a list; this is ${describeType(list.type)}`,
        sizeOfMap(node.list, list.type)?.replace(/^write size\((.*)\)$/, `write $1.${node.macro}(${node.variable}, …)`),
      );
    }
    if (list.type?.kind !== 'list') return node.macro === 'filter' || node.macro === 'map' ? broken : typed(bool);
    const inner: Place = { ...place, variables: new Map([...place.variables, [node.variable, list.type.of]]) };
    if (node.macro === 'map') {
      const body = this.value(node.body, inner);
      this.unreadVariable(node);
      if (body.type === undefined) return broken;
      return typed({ ...list.type, of: body.type });
    }
    this.condition(node.body, inner);
    this.unreadVariable(node);
    if (node.macro === 'filter') return typed({ ...list.type, isNeverEmpty: false });
    const isGuarded = list.type.isNeverEmpty || list.type.emptyHolds || place.facts.known.has(isNotEmpty(node.list));
    if (node.macro === 'all' && !isGuarded) {
      this.diagnostics.warning(
        node.list,
        'vacuous-all',
        'all() holds for an empty list, and this list may be empty',
        'guard it: size(…) > 0 && ….all(…)',
      );
    }
    const isFound = node.macro === 'exists' || node.macro === 'exists_one';
    return { type: bool, whenTrue: isFound ? fact(isNotEmpty(node.list)) : noFacts, whenFalse: noFacts };
  }

  /** A body that never reads its variable asks the same for every member: mostly the name of something else slipped in. */
  private unreadVariable({ body, variable, variableSpan, macro }: MacroCall): void {
    if (speaksOf(body, variable)) return;
    this.diagnostics.warning(
      variableSpan,
      'unused',
      `'${variable}' is never read: ${macro}() checks the same for every member`,
      `ask about ${variable}, or ask size(…) > 0`,
    );
  }

  private unary(node: Unary, place: Place): Typed {
    if (node.operator === '!') {
      const { type, whenTrue, whenFalse } = this.condition(node.operand, place);
      return { type, whenTrue: whenFalse, whenFalse: whenTrue };
    }
    const { type } = this.value(node.operand, place);
    if (type === undefined) return broken;
    if (type.kind !== 'int' && type.kind !== 'duration') {
      this.diagnostics.error(node, 'types', `${describeType(type)} has no negative`);
      return broken;
    }
    return typed(type);
  }

  private narrowed(node: Node, type: Type, place: Place): Typed {
    return typed(type.kind === 'string' && place.facts.known.has(isAnArn(node)) ? arn : type);
  }
}

/** What other languages have as a field is a function here. */
function insteadOfSize({ field, object }: Select, type: Type): string | undefined {
  if (!/^(length|size|count|len)$/i.test(field)) return undefined;
  return type.kind === 'list' || isText(type) ? 'ask size(…)' : sizeOfMap(object, type);
}

function insteadOfField({ field, object }: Select, type: Type): string | undefined {
  if (type.kind === 'list') return 'ask its members: exists(x, …), all(x, …) or map(x, …)';
  if (type.kind === 'map') return `read it by key: ${print(object)}['${field}']`;
  if (type.kind === 'arn') return 'take it apart: arn(…).accountId';
  return undefined;
}

/**
 * The types of data events that are met most; new ones appear without notice, so an unknown one is no error.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
const dataEventTypes: readonly string[] = [
  'AWS::S3::Object',
  'AWS::Lambda::Function',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::Stream',
  'AWS::S3::AccessPoint',
  'AWS::S3ObjectLambda::AccessPoint',
  'AWS::S3Outposts::Object',
  'AWS::S3Express::Object',
  'AWS::S3Tables::Table',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::KinesisVideo::Stream',
  'AWS::Kinesis::Stream',
  'AWS::EC2::Snapshot',
  'AWS::Cognito::IdentityPool',
  'AWS::SSM::ManagedNode',
  'AWS::RDS::DBCluster',
  'AWS::SageMaker::Endpoint',
  'AWS::Bedrock::Model',
  'AWS::Bedrock::AgentAlias',
  'AWS::CodeWhisperer::Profile',
  'AWS::Glue::Table',
  'AWS::StepFunctions::StateMachine',
  'AWS::Logs::LogGroup',
  'AWS::CloudTrail::Channel',
  'AWS::SCN::Instance',
];

/** Those of AWS Config that have to do with logs; it knows hundreds more. */
const recordedTypes: readonly string[] = [
  'AWS::CloudTrail::Trail',
  'AWS::CloudTrail::EventDataStore',
  'AWS::S3::Bucket',
  'AWS::S3::AccountPublicAccessBlock',
  'AWS::KMS::Key',
  'AWS::SNS::Topic',
  'AWS::CloudWatch::Alarm',
  'AWS::Events::Rule',
  'AWS::IAM::Group',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::User',
];

interface ResourceTypes {
  readonly of: string;
  readonly known: readonly string[];
}

/** Fields that are maps by resource type, with the types that they are asked for most. */
const resourceTypes: ReadonlyMap<string, ResourceTypes> = new Map([
  ['data', { of: 'data events', known: dataEventTypes }],
  ['records', { of: 'AWS Config', known: recordedTypes }],
]);
