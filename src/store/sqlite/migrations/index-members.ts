/**
 * To version 3: each record says whose it is, in a column that SQLite derives from key and value, and
 * an index finds all of one person. The file is rewritten, so that nothing of what was deleted
 * under earlier versions stays in it.
 */
import { UNKNOWN_PERSON } from "../../engine.js";
import { TABLE } from "../database.js";
import type { Migration } from "./migration.js";

/** What follows the second colon of a key, up to the third: `comparison:guild:MEMBER:ulid`. */
const SECOND = afterColon(afterColon("key"));
const MEMBER_OF_KEY = upToColon(SECOND);
/** `consent:MEMBER:guild`. */
const MEMBER_OF_CONSENT = upToColon(afterColon("key"));
const PATH = "'$.value.memberId'";
/** On text that is not JSON SQLite's reader fails, and the statement with it: so that is checked first. */
const MEMBER_OF_VALUE = `CASE WHEN typeof(value) = 'text' AND json_valid(value)
  THEN CASE json_type(value, ${PATH}) WHEN 'text' THEN json_extract(value, ${PATH})
    ELSE '${UNKNOWN_PERSON}' END
  ELSE '${UNKNOWN_PERSON}' END`;

const MEMBER = `CASE substr(key, 1, instr(key, ':') - 1)
  WHEN 'profile' THEN ${MEMBER_OF_KEY}
  WHEN 'comparison' THEN ${MEMBER_OF_KEY}
  WHEN 'questions' THEN ${MEMBER_OF_KEY}
  WHEN 'calibration' THEN ${MEMBER_OF_KEY}
  WHEN 'consent' THEN ${MEMBER_OF_CONSENT}
  WHEN 'ballot' THEN ${MEMBER_OF_VALUE}
  WHEN 'reply' THEN ${MEMBER_OF_VALUE} END`;

export const indexMembers: Migration = {
  name: "find all records of a member; write the file anew without what was deleted",
  rewritesFile: true,
  apply: async (database) => {
    await database.all(
      `ALTER TABLE ${TABLE} ADD COLUMN member TEXT GENERATED ALWAYS AS (${MEMBER}) VIRTUAL`,
    );
    await database.all(
      `CREATE INDEX ${TABLE}_members ON ${TABLE} (member) WHERE member IS NOT NULL`,
    );
  },
};

function afterColon(text: string): string {
  return `substr(${text}, instr(${text}, ':') + 1)`;
}

function upToColon(text: string): string {
  return `substr(${text}, 1, instr(${text} || ':', ':') - 1)`;
}
