-- The live counts with the same labels as a given one, and whether a given one covers other periods than live counts.
WITH stored AS (
    SELECT
        uploaded_count.* REPLACE (
            coalesce(name, uploaded_count.offer) AS offer, coalesce(new_group, uploaded_count."group") AS "group"
        )
    FROM uncorrected_count AS uploaded_count
    JOIN live USING (import_id)
    LEFT JOIN offer_name
        ON offer_name.synthetic = live.synthetic
        AND offer_name.municipality = uploaded_count.municipality
        AND offer_name.offer = uploaded_count.offer
    LEFT JOIN group_name
        ON group_name.synthetic = live.synthetic
        AND group_name.municipality = uploaded_count.municipality
        AND group_name.dimension = uploaded_count.dimension
        AND group_name."group" = uploaded_count."group"
    WHERE live.synthetic = $synthetic
        AND NOT EXISTS (
            SELECT 1
            FROM replaced_period AS replaced
            WHERE replaced.import_id = uploaded_count.import_id
                AND replaced.municipality = uploaded_count.municipality
                AND replaced.offer = uploaded_count.offer
                AND replaced.period_start < uploaded_count.period_end
                AND uploaded_count.period_start < replaced.period_end
                AND coalesce(replaced.dimension, uploaded_count.dimension) = uploaded_count.dimension
        )
),
compared AS (
    SELECT
        given.sheet, given.row, municipality, offer, dimension,
        stored.invited, stored.participated, stored.completed,
        stored.period_start = given.period_start AND stored.period_end = given.period_end AS is_period,
        coalesce(
            is_period AND stored."group" = given."group" AND stored.others IS NOT DISTINCT FROM given.others, FALSE
        ) AS is_same,
        coalesce(
            NOT is_period AND stored.period_start < given.period_end AND given.period_start < stored.period_end, FALSE
        ) AS is_across
    FROM (
        SELECT given.* REPLACE (coalesce(new_group, given."group") AS "group")
        FROM ({given}) AS given
        LEFT JOIN (SELECT municipality, dimension, "group", new_group FROM group_name WHERE synthetic = $synthetic)
            USING (municipality, dimension, "group")
    ) AS given
    LEFT JOIN stored USING (municipality, offer, dimension)
)
SELECT
    sheet, row, municipality, offer, dimension, bool_or(is_same) AS is_stored, bool_or(is_across) AS crosses,
    CAST(sum(invited) FILTER (is_same) AS BIGINT) AS invited,
    CAST(sum(participated) FILTER (is_same) AS BIGINT) AS participated,
    CAST(sum(completed) FILTER (is_same) AS BIGINT) AS completed
FROM compared
GROUP BY sheet, row, municipality, offer, dimension
