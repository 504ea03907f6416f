"""A council's worth of people at Telegram's limits, for as long as one likes: `make soak`.

Everything is real but Telegram: `dongne serve` as a process of its own on the sample papers, and
real HTTP to the tests' double, which keeps Telegram's limits, fails at random and loses answers.
In the first third of a run the process is killed and started again several times; the rest is one
process, so that its memory can be judged.
"""
