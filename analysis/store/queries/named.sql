-- Given rows with the names of offers of today, in place of those that are written in a file.
SELECT given.* REPLACE (coalesce(name, given.offer) AS offer)
FROM given_rows AS given
LEFT JOIN (SELECT municipality, offer, name FROM offer_name WHERE synthetic = $synthetic) AS offer_name
    ON offer_name.municipality = given.municipality AND offer_name.offer = given.offer
