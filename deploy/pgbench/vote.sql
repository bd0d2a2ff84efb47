-- A vote, as the bot sends it to PostgreSQL: one transaction that locks what it is about, looks whether the
-- consent, the ballot and the profile are as it knew them, and writes comparison, profile and ballot.
-- For pgbench in its simple mode, on a database that "npm run load" has filled: docs/scale.md says how.
\set member_number random(0, :members - 1)
\set guild 800000000000000000 + :member_number / 100 * 4194304
\set channel 810000000000000000 + :member_number / 100 * 10 + :member_number % 10
\set member 820000000000000000 + :member_number
\set ballot 900000000000000000 + :member_number
\set nonce random(0, 9999999999999999)
\set token random(0, 1000000000)
-- The locks' numbers; the bot takes the first 32 bits of a hash, in ascending order as here.
\set guild_life :member_number / 100
\set person_life 1000000 + :member_number
\set lock 4 * :member_number
\if :prepared
\else
PREPARE attune_write AS WITH marked AS (INSERT INTO attune_marks (writer, token) VALUES ($1, $2)
    ON CONFLICT (writer) DO UPDATE SET token = excluded.token, at = now() RETURNING 1), gone AS (
    DELETE FROM attune WHERE key = ANY($3::text[])
  ), written AS (
    INSERT INTO attune (key, value, bytes, member, guild, channel, state, expires, version, voteless, voted)
    SELECT * FROM unnest($4::text[], $5::text[], $6::bytea[], $7::text[], $8::text[], $9::text[], $10::text[], $11::float8[], $12::text[], $13::boolean[], $14::text[])
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, bytes = excluded.bytes,
      member = excluded.member, guild = excluded.guild, channel = excluded.channel, state = excluded.state, expires = excluded.expires, version = excluded.version, voteless = excluded.voteless, voted = excluded.voted
  ) SELECT 1;
\set prepared 1
\endif
BEGIN \; LOCK TABLE attune IN ROW EXCLUSIVE MODE \;
SELECT count(pg_advisory_xact_lock_shared(1096111201, number)) FROM unnest(ARRAY[5]::int[]) number \;
SELECT count(pg_advisory_xact_lock_shared(1096111202, number)) FROM unnest(ARRAY[:guild_life, :person_life]::int[]) number \;
SELECT count(pg_advisory_xact_lock(1096111203, number)) FROM unnest(ARRAY[:lock, :lock + 1, :lock + 2, :lock + 3]::int[]) number \;
WITH asked AS (
  SELECT key, value, bytes FROM attune
  WHERE key = ANY(ARRAY['consent:' || :member || ':' || :guild, 'ballot:' || :ballot, 'profile:' || :guild || ':' || :member]::text[])
  ORDER BY key FOR UPDATE
) SELECT key, value, bytes, NULL::float8 AS newest FROM asked
UNION ALL SELECT NULL, NULL, NULL, (SELECT coalesce(max(number), 0)::float8 FROM attune_tombstones);
EXECUTE attune_write (
  'pgbench-' || :client_id, :token::text, ARRAY[]::text[],
  ARRAY['comparison:' || :guild || ':' || :member || ':01M8BWQSE9' || lpad(:nonce::text, 16, '0'), 'profile:' || :guild || ':' || :member, 'ballot:' || :ballot],
  ARRAY[
    '{"value":{"a":"0.0236:PtYgjmUhBel31iEl2hpChYgCfrL1spNxnyVmihA/2O76UMFxFkM/R5Kjp1vRt+1fjORS/6ilI8ihN5KXSc7Tvo/hBKqFYY/kv5ZJr3J1TWDtkwtDDb+xHKas1VOqg6YYZYn9ZhyiA4uo","b":"0.0236:RgnatmUdjAWtGSU8po+799NksnRH9ucAUsdMlHUvTCQCyEZDz/TddJ8HyS5SUkCnD8zRA9a9SkpXz9w3QlY7Zkuvqdt7s8Stqcbnr3yBdGBLEPH1qhT61qtc4xatws8phP9nhFyJfm5d","outcome":1,"weight":1,"encoder":"attune-text-3","firstShown":"a","source":"chat","trains":true,"at":1780143558339}}',
    '{"value":{"weights":"i4PzJ59FHz5r1pY4OjE2jBMptUsGr7CmY+uCu3ZR1zTOlUcR64cXQLioDnkHIfx=","cholesky":"Iq2HZt/PlJhx2jIclHkCiHp6bR1IqfEouHgxzNNAL5wIScGebcy8F5n3/YNBDRzrZSgqbjG3uhkWKFLf6xuI5aHUQPFeNBTxaQWk8JzFalHlsZfYcMMDktXP/tKsf2rcDkdfrUnW5gcF+Ha6ili8GjHEAD6/Wj9KfzjsQGMrb9h+ImB+LK777pzNk8cL6j5IXAAjlsHUqJoUD/+Ydua+5ZMs1SWOpQaPRYpzbLGViYXjU2JgJngKtFI3OyV2dZAkg05rK+gqv81RKMGHZEM9YpvujA/C5Q52","votes":30,"modelVersion":"starter+attune-text-3","stale":true,"updatedAt":1795695558339}}',
    '{"value":{"guildId":"' || :guild || '","memberId":"' || :member || '","candidates":[{"text":"g1:ryFlwRlOEVHzc0X0AWIRh/JUqBlIFXZ53Ncqe28+ajY75FnCttn6kfaqDeMqG3omjMyXHCabM6JOF8EFd0Nhcy/1kGD2VD/eR1UYzaLiA/zNyD7CHLn/xC+1hsYgBds1ghxY5OokvQyx7eNWVQ4vnakJkS1pAWTN3lg8zV5yPU8d0FZfWe7ihGyiRUIQfHOJMaidDn87XG3/q/xbMtEPO6UkzYuF0ie9Pu2njHkAm1/5wDr16EpLLJIVGHz4FxFEtKyPiYGFDm7ena8D5VfLDpgyyjVw5HanSBeVRsfAGeAbP0VxNjAe/9i0mYtluYI0KN1gNT11cUzYZAa3u2olZU6uqbgsYlVvsSKuvinX+zMqf9OgXluCZz8xBfZuXTptFyfePpX6N1NF2XV54wca+7E56w8ZniqT3Ul4ffqkOkgWrdioyq+KvCiSGuPJ6sG9AHEOVezxZuJPWvHogU5nGYVHWVsUQk4DwgLGNOaeCtL31Ugq+DfcgaTMnTC0MrAU8urbFt5misIZHbhS4/FvafhdZxEuhnbzs0z1wNiMg9aW37k5wCnHDepQHgI3HLBkbvHEzuPyXQEW88ad3DNBYjvsedonuSsddfrfifiUziXnFAAoeelK9mqmALOR2HcSGKgVP8Kd0d3mS8gBlKv3azKgaS+m+x/SHuKBD/vok+nPTmZYl2dVAMH2vWD6qeSPt5Pv74GDqQ7EyIMttFPSuEPyHnvnzXtsMM3JznnJAX7ebZ3CL7csGZaF31DDxp63OHm1FZuG296c0xPbX+neGBuzSm6A8cVR06AxYpThGJWZhbj11THnCMZCY7Bvqiy8CsT07Lq8TDIWG2x9aJTFMP9+2kUtMXhkPrSbbAjLGmsDx5StAZvlMz/Bk4opH1Dr8/h9","features":"0.0236:PtYgjmUhBel31iEl2hpChYgCfrL1spNxnyVmihA/2O76UMFxFkM/R5Kjp1vRt+1fjORS/6ilI8ihN5KXSc7Tvo/hBKqFYY/kv5ZJr3J1TWDtkwtDDb+xHKas1VOqg6YYZYn9ZhyiA4uo"},{"text":"g1:7s+F/vauP7/L7V21jxUdcfQm9+seB1qRmUR8AK3R2GgLLT/ZQISA/pQyOMqlfZZgZMnafy8hWskBf6wmxe1mbVrNHMx1eOc3g/fp1Z5ibXt80nk8Btb2abplBpq8cJF5xgUskL/6GgebhbkXNNv+hOV48vsoUu19X5IQLJhQbtN2FWXWD5KaPHI2ufKssJ/Sk+WzDNhY7AGbX6lTiDYHP9zyBylxLUTZtFf/VnV7ktOdSJcmeA+BHJ2m5qGeRzxWkdgeV6+iYplGODlYx5uVECweGThdgH9hmsOazM4n8PVGXpV9Wv4Esb7yeuCjVr5mXcj5RPD9oUsQChx5s4tI10FtdILQvH+nO69othB9KpGzU3HEEmXL1uhLsc4Rr4aKxU3f0BJxrxDwzkl/JwAryNzbi0hSQK/lb09rIFxUeuVaT5jpTFPWhLn/5drcFlCxvnNGdcmyHc7E4nSmwfIp7/JoppZrDDs7YvcX1eYgURZEQ3PZgPsTF2bUnxiP3zcCr1Y6ffeIIemGpb3EfKoNSvphIk7s4pqL0KJFlK6CXzU6M98NdFQCyXYbTuEPP+IKBLhcuiS4hX4TnCt1RTrzJm8I","features":"0.0236:RgnatmUdjAWtGSU8po+799NksnRH9ucAUsdMlHUvTCQCyEZDz/TddJ8HyS5SUkCnD8zRA9a9SkpXz9w3QlY7Zkuvqdt7s8Stqcbnr3yBdGBLEPH1qhT61qtc4xatws8phP9nhFyJfm5d"}],"writtenBy":"load","encoder":"attune-text-3","source":"chat","trains":true,"demonstration":false,"channelId":"' || :channel || '","comparisonId":"01M8BWQSE9' || lpad(:nonce::text, 16, '0') || '","choices":["a"],"followUpIds":[],"createdAt":1795695601300,"expiresAt":1798287601300,"shown":"a","sealed":true}}'
  ],
  ARRAY[NULL, NULL, NULL]::bytea[],
  ARRAY[:member, :member, :member]::text[],
  ARRAY[NULL, NULL, :guild]::text[],
  ARRAY[NULL, NULL, :channel]::text[],
  ARRAY[NULL, NULL, NULL]::text[],
  ARRAY[NULL, NULL, 1798287601300]::float8[],
  ARRAY[NULL, '', NULL]::text[],
  ARRAY[NULL, false, NULL]::boolean[],
  ARRAY[:guild || ':20603', NULL, NULL]::text[]
);
COMMIT;
