"""Format and check digits of the national identity numbers of Denmark, Sweden, Norway and Finland, and of accounts."""

_FINNISH_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def is_date(digits: str, also_days_from: int = 0) -> bool:
    """Return whether six digits form a date (DDMMYY); Danish administrative numbers add 60 to the day."""
    day, month = int(digits[:2]), int(digits[2:4])
    days = 1 <= day <= 31 or (also_days_from > 0 and 1 <= day - also_days_from <= 31)
    return days and 1 <= month <= 12


def is_swedish(digits: str) -> bool:
    """Return whether a personnummer or samordningsnummer (day + 60) is valid: the last digit checks the other nine."""
    month, day = int(digits[2:4]), int(digits[4:6])
    if not (1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)):
        return False
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits[:10])]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def is_norwegian(digits: str) -> bool:
    """Return whether a fødselsnummer or D-number is valid by its two check digits.

    A D-number adds 40 to the day. Other numbers add 40 or 80 to the month.
    """
    day, month = int(digits[:2]), int(digits[2:4])
    if not ((1 <= day <= 31 or 41 <= day <= 71) and 1 <= month % 40 <= 12 and month < 93):
        return False
    numbers = list(map(int, digits))
    first = sum(weight * number for weight, number in zip((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), numbers, strict=False))
    second = sum(weight * number for weight, number in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), numbers, strict=True))
    return first % 11 == 0 and second % 11 == 0


def is_finnish(date: str, number: str, sign: str) -> bool:
    """Return whether a henkilötunnus is valid: its last character checks the nine digits."""
    return is_date(date) and _FINNISH_SIGNS[int(date + number) % 31] == sign.upper()


def is_iban(text: str) -> bool:
    """Return whether an international account number is valid: the two digits after the country check the rest."""
    letters = text.replace(" ", "")
    return int("".join(str(int(letter, 36)) for letter in letters[4:] + letters[:4])) % 97 == 1
