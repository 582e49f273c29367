// Whether a message is one: the schemas of `protocol/` are the only definition of the messages.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import schema from '../../protocol/schemas/connector.schema.json' with { type: 'json' };

const ajv = new Ajv2020({ strict: false, allErrors: false });
ajv.addSchema(schema);
const known = new Map<string, ValidateFunction>();

/** Why a value is not what `#/$defs/NAME` says; null where it is. */
export function fault(name: string, value: unknown): string | null {
    let validate = known.get(name);
    if (!validate) known.set(name, validate = ajv.compile({ $ref: `ballast:connector#/$defs/${name}` }));
    if (validate(value)) return null;
    const first = validate.errors?.[0];
    return `${first?.instancePath || 'the message'} ${first?.message ?? 'is wrong'}`;
}

/** Every name that has a schema. */
export const names: readonly string[] = Object.keys(schema.$defs);
