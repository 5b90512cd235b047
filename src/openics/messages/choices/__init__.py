"""What the published material leaves open and we had to choose: replaceable data, in this one place, a module for each room.

Each entry names what it stands for, and why this value. When the real value becomes known, change it here: guides,
readers, writers and pages follow. All are evidence I (inferred) unless a line says otherwise.
"""
