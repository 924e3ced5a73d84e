-- Of a series of counts over time, what falls on one period when its sum so far is rounded down to a multiple of `base`
-- from a start of its own. Whatever periods in a row are added up, the sum is a multiple and less than `base` off.
CREATE MACRO rounded_part(so_far, part, base, start) AS
    base * ((so_far + start) // base - (so_far - part + start) // base);

-- Where a series starts: from 0 to one below `base`, always the same in this database, and not to be known outside it.
CREATE MACRO start_of(series, base) AS
    CAST(md5_number_lower(concat_ws(chr(31), (SELECT database_id FROM identity), series)) % CAST(base AS UBIGINT) AS BIGINT);
