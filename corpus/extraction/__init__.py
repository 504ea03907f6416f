"""Papers to records, by the shape of what is printed, never by the paper.

Fields with fixed names, by kind of record (any of them may be missing; other fields carry the
printed heading of their column):

    meeting       title, body, number, held_on (date, with `16:00~17:30` in its text), hours,
                  closed, place, department, recorder, chair, checker, next_on, next_place
    attendance    person, role; or for the whole meeting: members (count), present (count)
    agenda item   number, title, result, presenter, department, 찬성, 반대, 기권 (counts), note
    opinion       text, topic, agenda (number of the agenda item), speaker
    reply         text, speaker, department          (parent: the opinion)
    plan item     plan, part, code, title, mark, level     (parent: the item above)
    award         field, level, grade, municipality (place), prize (money)
    budget line   place or programme, year, examples (text), programmes (count), amount (money)
    programme     programme, place, target, period, apply, contact, amount
    fact          label, and the value under its own name
    event         title, held_on, hours, place, host, audience
"""
